package dev.allsquare.inventory.web;

import dev.allsquare.contract.Money;
import jakarta.validation.constraints.NotNull;

/** A product as the caller describes it. */
record ProductRequest(@NotNull String name, @NotNull Money price) {}
