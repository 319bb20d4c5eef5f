/** Wallets, payments and the double-entry ledger: every rule about money stands here, once. */
@NullMarked
package dev.allsquare.payment.domain;

import org.jspecify.annotations.NullMarked;
