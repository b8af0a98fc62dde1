//! Portuguese, as written in Brazil.

use super::{Order, Words};
use crate::domain::order::OrderState;

pub const WORDS: Words = Words {
    states: &[
        (
            OrderState::Unpaid,
            "a ser pago|a pagar|aguardando pagamento|aguardando o pagamento|para pagar",
        ),
        (
            OrderState::Processing,
            "processando|em processamento|pronto para enviar|pronto para envio|aguardando envio|\
             aguardando o envio|a enviar|pago",
        ),
        (
            OrderState::AwaitingDelivery,
            "aguardando a entrega|aguardando entrega|processado|enviado|em transito|a caminho",
        ),
        (
            OrderState::Completed,
            "concluido|concluida|finalizado|finalizada|completo|pedido concluido",
        ),
        (
            OrderState::Cancelled,
            "compra cancelada|cancelado|cancelada|expirado|expirada|fechado|pedido cancelado|encerrado",
        ),
        (
            OrderState::InDispute,
            "em disputa|disputa em andamento|reembolso em andamento|congelado",
        ),
        (
            OrderState::Refunded,
            "reembolsado|reembolsada|disputa finalizada|reembolso concluido",
        ),
    ],
    refund: &["reembols"],
    arrive: &["entreg", "receb", "cheg"],
    before: &["antes de", "antes do", "antes", "ate"],
    coupon: &["cupom", "cupons", "vale"],
    send_back: &["devolv", "devoluc"],
    receipt: &["recebimento", "confirmacao", "confirmar"],
    ordered: &["pedido", "compra"],
    delivered: &["entrega", "entregue"],
    arrived_title: &["entregue", "entregues"],
    order: Order::CountFirst,
    shipped_row: &["envi", "despach"],
    completed_row: &["conclu", "finaliz"],
    dispute_control: &[
        "devolucoes/reembolsos",
        "devolucao/reembolso",
        "devolucoes / reembolsos",
        "abrir disputa",
        "reembolso",
    ],
};
