package dev.allsquare.operator;

/** Who does something, and why: no repair without it. */
interface Signature {

  String actor();

  String reason();
}
