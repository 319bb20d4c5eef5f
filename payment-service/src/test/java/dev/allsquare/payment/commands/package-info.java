/** The participant, tested with a real database and a real log. */
@NullMarked
package dev.allsquare.payment.commands;

import org.jspecify.annotations.NullMarked;
