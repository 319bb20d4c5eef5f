/** What order-service accepts and publishes. */
@NullMarked
package dev.allsquare.contract.order;

import org.jspecify.annotations.NullMarked;
