/** From a request to a confirmed or rejected order: one transaction, then a saga. */
@NullMarked
package dev.allsquare.order.placing;

import org.jspecify.annotations.NullMarked;
