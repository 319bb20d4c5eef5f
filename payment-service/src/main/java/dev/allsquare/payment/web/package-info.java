/** What callers and operators see and do over HTTP. */
@NullMarked
package dev.allsquare.payment.web;

import org.jspecify.annotations.NullMarked;
