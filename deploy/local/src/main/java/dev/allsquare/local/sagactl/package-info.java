/** What an operator may see and do, on a command line, over the services' management ports. */
@NullMarked
package dev.allsquare.local.sagactl;

import org.jspecify.annotations.NullMarked;
