package dev.allsquare.contract.inventory;

/** So many pieces of one SKU. */
public record Line(String sku, int quantity) {}
