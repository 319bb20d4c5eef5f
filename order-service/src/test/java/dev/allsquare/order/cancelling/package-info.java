@NullMarked
package dev.allsquare.order.cancelling;

import org.jspecify.annotations.NullMarked;
