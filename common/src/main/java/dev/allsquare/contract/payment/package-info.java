/** What payment-service accepts, answers and publishes. */
@NullMarked
package dev.allsquare.contract.payment;

import org.jspecify.annotations.NullMarked;
