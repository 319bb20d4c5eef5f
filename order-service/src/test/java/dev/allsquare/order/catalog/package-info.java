@NullMarked
package dev.allsquare.order.catalog;

import org.jspecify.annotations.NullMarked;
