@NullMarked
package dev.allsquare.order.domain;

import org.jspecify.annotations.NullMarked;
