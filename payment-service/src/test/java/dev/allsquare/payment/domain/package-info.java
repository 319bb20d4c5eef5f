/** The rules about money, tested without a database. */
@NullMarked
package dev.allsquare.payment.domain;

import org.jspecify.annotations.NullMarked;
