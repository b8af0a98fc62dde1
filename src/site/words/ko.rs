//! Korean.

use super::{Order, Words};
use crate::domain::order::OrderState;

pub const WORDS: Words = Words {
    states: &[
        (
            OrderState::Unpaid,
            "결제 대기|결제 대기 중|결제대기|미결제|결제 필요",
        ),
        (
            OrderState::Processing,
            "처리 중|처리중|배송 준비 중|배송 준비중|발송 대기|발송 대기 중|배송 대기|결제 완료",
        ),
        (
            OrderState::AwaitingDelivery,
            "배송 중|배송중|배달 대기 중|배송 대기 중|배달 대기|처리됨|처리 완료|발송 완료|발송됨",
        ),
        (
            OrderState::Completed,
            "완료|완료됨|주문 완료|구매 완료|거래 완료",
        ),
        (
            OrderState::Cancelled,
            "취소|취소됨|주문 취소|주문 취소됨|만료|만료됨|종료됨|주문 종료",
        ),
        (
            OrderState::InDispute,
            "분쟁 중|분쟁 진행 중|환불 진행 중|환불 처리 중|환불 중",
        ),
        (
            OrderState::Refunded,
            "환불 완료|환불됨|고급 환불 완료|분쟁 종료",
        ),
    ],
    refund: &["환불"],
    arrive: &["배송", "배달", "도착", "수령"],
    before: &["이전", "전에", "까지", "전까지"],
    coupon: &["쿠폰"],
    send_back: &["반품", "반송"],
    receipt: &["수령", "수취", "구매 확정", "확인"],
    ordered: &["주문", "결제"],
    delivered: &["배송", "배달"],
    arrived_title: &["배송 완료", "배송완료", "배달 완료", "배달완료", "배송됨"],
    order: Order::CountLast,
    shipped_row: &["발송", "출고", "배송"],
    completed_row: &["완료"],
    dispute_control: &["반품/환불", "반품 / 환불", "환불", "분쟁"],
};
