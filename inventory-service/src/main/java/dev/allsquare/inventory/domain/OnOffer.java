package dev.allsquare.inventory.domain;

/** A product and how many there are of it. */
public record OnOffer(Product product, Stock stock) {}
