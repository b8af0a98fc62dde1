//! French.

use super::{Order, Words};
use crate::domain::order::OrderState;

pub const WORDS: Words = Words {
    states: &[
        (
            OrderState::Unpaid,
            "a payer|en attente de paiement|paiement en attente|non payee|non paye",
        ),
        (
            OrderState::Processing,
            "en cours de traitement|en traitement|en preparation|pret a expedier|prete a etre expediee|\
             en attente d'expedition|en attente d’expedition|a expedier|traitement en cours|payee",
        ),
        (
            OrderState::AwaitingDelivery,
            "en attente de livraison|expedie|expediee|traite|traitee|en cours de livraison|en transit",
        ),
        (
            OrderState::Completed,
            "termine|terminee|termines|finalise|finalisee|complete|completee|commande terminee",
        ),
        (
            OrderState::Cancelled,
            "annule|annulee|expire|expiree|ferme|fermee|cloturee|commande annulee",
        ),
        (
            OrderState::InDispute,
            "en litige|litige en cours|remboursement en cours|retour/remboursement en cours|gele|gelee",
        ),
        (
            OrderState::Refunded,
            "rembourse|remboursee|litige termine|remboursement termine|remboursement effectue",
        ),
    ],
    refund: &["rembours"],
    arrive: &["livr", "recu", "recep", "arriv"],
    before: &["avant le", "avant", "d'ici le", "jusqu'au"],
    coupon: &["coupon", "bon de reduction", "bon d'achat"],
    send_back: &["renvoy", "retour"],
    receipt: &["reception", "receptionne"],
    ordered: &["commande"],
    delivered: &["livraison", "livre"],
    arrived_title: &["livre", "livree", "livres"],
    order: Order::CountFirst,
    shipped_row: &["expedi", "envoye"],
    completed_row: &["terminee", "termine", "finalise"],
    dispute_control: &[
        "retours/remboursements",
        "retour/remboursement",
        "retours / remboursements",
        "ouvrir un litige",
        "remboursement",
    ],
};
