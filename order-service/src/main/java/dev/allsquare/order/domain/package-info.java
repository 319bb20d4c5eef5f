/** What an order is, what it may become, and every status it ever had. */
@NullMarked
package dev.allsquare.order.domain;

import org.jspecify.annotations.NullMarked;
