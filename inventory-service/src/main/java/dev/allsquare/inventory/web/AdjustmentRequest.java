package dev.allsquare.inventory.web;

import jakarta.validation.constraints.NotNull;

/** So many pieces came (or went, below zero), and why. */
record AdjustmentRequest(long quantity, @NotNull String reason) {}
