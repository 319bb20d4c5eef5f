/**
 * The console in the browser, on the management port: it does nothing that curl could not do there.
 */
@NullMarked
package dev.allsquare.console;

import org.jspecify.annotations.NullMarked;
