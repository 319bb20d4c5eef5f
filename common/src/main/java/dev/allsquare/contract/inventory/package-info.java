/** What inventory-service accepts, answers and publishes. */
@NullMarked
package dev.allsquare.contract.inventory;

import org.jspecify.annotations.NullMarked;
