package dev.allsquare.payment.web;

import dev.allsquare.contract.Money;
import dev.allsquare.payment.domain.Payment;
import dev.allsquare.payment.domain.PaymentState;
import java.util.List;
import java.util.UUID;

/** The payments of several orders, in the order of the orders' ids. */
record PaymentStates(List<PaymentStates.Item> items) {

  record Item(UUID orderId, PaymentState state, Money amount) {}

  static PaymentStates of(List<Payment> payments) {
    return new PaymentStates(
        payments.stream().map(it -> new Item(it.orderId(), it.state(), it.amount())).toList());
  }
}
