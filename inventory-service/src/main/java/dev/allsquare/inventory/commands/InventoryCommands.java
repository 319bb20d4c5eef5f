package dev.allsquare.inventory.commands;

import dev.allsquare.contract.inventory.CommitReservation;
import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.inventory.ReleaseStock;
import dev.allsquare.contract.inventory.ReserveStock;
import dev.allsquare.contract.inventory.Restock;
import dev.allsquare.participant.Participant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The participant's table. */
@Configuration(proxyBeanMethods = false)
class InventoryCommands {

  @Bean
  Participant<Shelf> inventoryParticipant(Shelves shelves) {
    return Participant.of(Inventory.COMMANDS)
        .loading(shelves::load)
        .on(ReserveStock.TYPE, ReserveStock.class, Shelf::reserve)
        .on(ReleaseStock.TYPE, ReleaseStock.class, Shelf::release)
        .on(CommitReservation.TYPE, CommitReservation.class, Shelf::commit)
        .on(Restock.TYPE, Restock.class, Shelf::restock)
        .saving(shelves::save);
  }
}
