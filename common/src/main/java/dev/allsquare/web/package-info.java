/** What every REST interface here shares: problem details, idempotency keys, Prefer, cursors. */
@NullMarked
package dev.allsquare.web;

import org.jspecify.annotations.NullMarked;
