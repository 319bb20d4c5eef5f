/** The whole service, and the documents that describe it. */
@NullMarked
package dev.allsquare.payment;

import org.jspecify.annotations.NullMarked;
