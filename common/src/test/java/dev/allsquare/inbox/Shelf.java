package dev.allsquare.inbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.UUID;

/** An aggregate as services have them. */
@Entity
class Shelf {

  @Id private UUID id = new UUID(0, 0);

  @Version private long version;

  @Column(unique = true)
  private String name = "";

  protected Shelf() {}

  Shelf(UUID id, String name) {
    this.id = id;
    this.name = name;
  }

  void rename(String newName) {
    name = newName;
  }

  UUID id() {
    return id;
  }

  long version() {
    return version;
  }
}
