//! What the shop sells, and who sells it. All of it is made up.

/// One product as the stores offer it.
pub(crate) struct Product {
    pub title: &'static str,
    pub sku: &'static str,
    /// In Brazilian centavos.
    pub price: i64,
    /// A name in [`crate::drawings`].
    pub drawing: &'static str,
}

const fn product(
    title: &'static str,
    sku: &'static str,
    price: i64,
    drawing: &'static str,
) -> Product {
    Product {
        title,
        sku,
        price,
        drawing,
    }
}

pub(crate) const PRODUCTS: &[Product] = &[
    product(
        "Foldable LED desk lamp, three colour temperatures, USB-C, dimmable",
        "White, 40 cm",
        8990,
        "lamp",
    ),
    product(
        "65 W GaN charger, three ports, with 2 m braided cable",
        "Black, BR plug",
        11800,
        "charger",
    ),
    product(
        "Waterproof cycling backpack, 20 L, with rain cover",
        "Forest green",
        7900,
        "backpack",
    ),
    product(
        "Drawer organiser set, 8 pieces, stackable",
        "Light grey",
        3490,
        "organiser",
    ),
    product(
        "Over-ear headphones, foldable, wired with microphone",
        "Sand",
        4250,
        "headphones",
    ),
    product(
        "Enamel mug, 350 ml, hand-painted rim",
        "Blue rim",
        1890,
        "cup",
    ),
    product(
        "Ceramic pour-over coffee set, dripper and two cups",
        "Speckled cream",
        5490,
        "cup",
    ),
    product(
        "Mechanical keyboard, 75 %, hot-swappable, brown switches",
        "Grey, US layout",
        21900,
        "keyboard",
    ),
    product(
        "Silent wireless mouse, 2.4 GHz and Bluetooth",
        "Graphite",
        4590,
        "mouse",
    ),
    product(
        "USB-C to HDMI cable, 4K 60 Hz, 1.8 m",
        "1.8 m",
        3990,
        "cable",
    ),
    product(
        "Field watch, 38 mm, canvas strap, 10 bar",
        "Olive",
        15900,
        "watch",
    ),
    product(
        "Insulated steel bottle, 750 ml, wide mouth",
        "Sage",
        6290,
        "bottle",
    ),
    product(
        "Precision screwdriver set, 25 bits, magnetic case",
        "25 in 1",
        4890,
        "screwdriver",
    ),
    product(
        "LED filament bulbs, E27, 4 W, warm white, pack of 4",
        "2700 K",
        3690,
        "bulb",
    ),
    product(
        "Two-person trekking tent, 2.1 kg, aluminium poles",
        "Moss",
        38900,
        "tent",
    ),
    product(
        "Reading glasses, blue light filter, with case",
        "+1.50, tortoise",
        2790,
        "glasses",
    ),
    product(
        "Linen shirt, long sleeves, stand-up collar",
        "Off-white, L",
        8990,
        "shirt",
    ),
    product(
        "Trail running shoes, wide toe box, quick lacing",
        "Slate, EU 42",
        18900,
        "shoe",
    ),
    product(
        "Self-watering planter, 18 cm, with level indicator",
        "Terracotta",
        4190,
        "plant",
    ),
    product(
        "Dotted notebook, A5, 160 pages, lies flat",
        "Mustard",
        2490,
        "notebook",
    ),
    product(
        "Portable speaker, IP67, 12 h of music",
        "Coral",
        12900,
        "speaker",
    ),
    product(
        "Compact umbrella, windproof, eight ribs",
        "Navy",
        4790,
        "umbrella",
    ),
    product(
        "Watercolour brush set, 6 round brushes, wooden box",
        "6 pieces",
        5590,
        "brush",
    ),
    product(
        "Wooden puzzle, 500 pieces, map of an island",
        "500 pieces",
        6990,
        "puzzle",
    ),
    product(
        "Clip-on bicycle light set, USB-C, front and rear",
        "Front and rear",
        5290,
        "bulb",
    ),
    product(
        "Laptop stand, aluminium, height adjustable",
        "Silver",
        9490,
        "lamp",
    ),
    product(
        "Kitchen scale, 5 kg, 1 g steps, glass top",
        "Black",
        5190,
        "organiser",
    ),
    product(
        "Camera strap, woven, quick release anchors",
        "Charcoal, 1.3 m",
        6390,
        "camera",
    ),
    product(
        "Macro lens for phones, 15x, with clip",
        "15x",
        7490,
        "camera",
    ),
    product(
        "Braided USB-C cable, 100 W, pack of 2",
        "2 m, black",
        2990,
        "cable",
    ),
];

/// A store by name, number, and whether it sells under the shop's own delivery promise.
pub(crate) const STORES: &[(&str, u64, bool)] = &[
    ("Lumen Home Store", 1_102_357_011, false),
    ("Volt & Wire Official", 1_102_441_820, false),
    ("Trailside Gear", 1_103_005_117, false),
    ("Kaori Small Things", 1_101_998_204, false),
    ("Slow Morning Coffee", 1_103_776_530, false),
    ("Northlight Tools", 1_102_060_349, true),
    ("Paper Harbour", 1_104_120_776, false),
    ("Green Sill Garden", 1_103_331_908, true),
    ("Keyfield Keyboards", 1_102_887_415, false),
    ("Second Saddle Cycling", 1_101_450_662, false),
    ("Quiet Room Audio", 1_104_508_231, true),
    ("Ridge & Valley Outdoor", 1_103_218_094, false),
    ("Little Kiln Ceramics", 1_102_734_586, false),
    ("Bluebird Optics", 1_104_662_017, false),
    ("Daily Linen", 1_101_807_743, true),
    ("Nine Bits Electronics", 1_103_590_128, false),
    ("Oak Drawer Store", 1_102_196_350, false),
    ("Harbour Light Supplies", 1_104_039_871, false),
    ("Brush & Pan Art", 1_103_884_206, false),
    ("Tide Clock Watches", 1_101_632_945, false),
    ("Kettle & Scale", 1_102_915_068, true),
    ("Copper Cable Co", 1_104_277_533, false),
    ("Soft Step Shoes", 1_103_460_712, false),
    ("Rainy Day Umbrellas", 1_102_503_289, false),
    ("Puzzle Island", 1_101_764_420, false),
];
