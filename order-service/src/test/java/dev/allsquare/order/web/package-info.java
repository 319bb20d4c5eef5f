@NullMarked
package dev.allsquare.order.web;

import org.jspecify.annotations.NullMarked;
