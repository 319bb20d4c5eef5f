/** The REST interface, tested over HTTP. */
@NullMarked
package dev.allsquare.payment.web;

import org.jspecify.annotations.NullMarked;
