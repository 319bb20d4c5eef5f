/** payment-service: wallets, payments and the ledger behind them. */
@NullMarked
package dev.allsquare.payment;

import org.jspecify.annotations.NullMarked;
