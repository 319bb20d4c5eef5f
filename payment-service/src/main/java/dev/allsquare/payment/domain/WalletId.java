package dev.allsquare.payment.domain;

import jakarta.persistence.Embeddable;

/** A customer's wallet holds one balance per currency. */
@Embeddable
public record WalletId(String customerId, String currency) {}
