//! Spanish.

use super::{Order, Words};
use crate::domain::order::OrderState;

pub const WORDS: Words = Words {
    states: &[
        (
            OrderState::Unpaid,
            "por pagar|pendiente de pago|esperando pago|esperando el pago|a pagar",
        ),
        (
            OrderState::Processing,
            "procesando|en proceso|en procesamiento|en preparacion|listo para enviar|listo para envio|\
             esperando envio|esperando el envio|pendiente de envio|pagado",
        ),
        (
            OrderState::AwaitingDelivery,
            "esperando entrega|esperando la entrega|pendiente de entrega|enviado|procesado|en transito|\
             en camino",
        ),
        (
            OrderState::Completed,
            "completado|completada|finalizado|finalizada|terminado|pedido completado",
        ),
        (
            OrderState::Cancelled,
            "cancelado|cancelada|anulado|caducado|expirado|cerrado|pedido cancelado",
        ),
        (
            OrderState::InDispute,
            "en disputa|disputa en curso|disputa en proceso|reembolso en curso|congelado",
        ),
        (
            OrderState::Refunded,
            "reembolsado|reembolsada|disputa finalizada|reembolso completado",
        ),
    ],
    refund: &["reembols", "devolucion del dinero"],
    arrive: &["entreg", "recib", "lleg"],
    before: &["antes del", "antes de", "antes", "hasta"],
    coupon: &["cupon", "vale"],
    send_back: &["devolv", "devuelv", "devoluc"],
    receipt: &["recepcion", "confirmar", "confirmacion", "recibo"],
    ordered: &["pedido", "compra"],
    delivered: &["entrega", "entregado"],
    arrived_title: &["entregado", "entregada"],
    order: Order::CountFirst,
    shipped_row: &["envi", "despach"],
    completed_row: &["complet", "finaliz"],
    dispute_control: &[
        "devoluciones/reembolsos",
        "devolucion/reembolso",
        "devoluciones / reembolsos",
        "abrir disputa",
        "reembolso",
    ],
};
