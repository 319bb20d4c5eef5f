/** The console, as those who operate order-service see it. */
@NullMarked
package dev.allsquare.order.console;

import org.jspecify.annotations.NullMarked;
