package dev.allsquare.e2e;

/** What a service can be cut off from. */
enum Peer {
  DATABASE,
  KAFKA
}
