package dev.allsquare.order.cancelling;

import java.util.UUID;

/** What the commands of {@link CancelOrderSaga} are filled from; stored with each saga. */
record CancellingData(UUID orderId) {}
