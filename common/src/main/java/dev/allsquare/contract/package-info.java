/** The language the services share on the wire. */
@NullMarked
package dev.allsquare.contract;

import org.jspecify.annotations.NullMarked;
