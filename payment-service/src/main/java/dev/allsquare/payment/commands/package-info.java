/** The participant: what sagas may ask of a payment, one batch and one transaction at a time. */
@NullMarked
package dev.allsquare.payment.commands;

import org.jspecify.annotations.NullMarked;
