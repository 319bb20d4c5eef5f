package dev.allsquare.payment.web;

import dev.allsquare.contract.Money;
import dev.allsquare.payment.domain.LedgerEntry;
import dev.allsquare.payment.domain.Ledgers;
import dev.allsquare.payment.domain.WalletFull;
import dev.allsquare.payment.domain.WalletId;
import dev.allsquare.payment.domain.Wallets;
import dev.allsquare.web.Cursor;
import dev.allsquare.web.IdempotencyKey;
import dev.allsquare.web.Page;
import dev.allsquare.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Customers' wallets: what is in them, how it came there, and how more comes in. */
@RestController
@RequestMapping(path = "/wallets/{customerId}", produces = MediaType.APPLICATION_JSON_VALUE)
class WalletController {

  private final Wallets wallets;
  private final Ledgers ledgers;
  private final Opening opening;
  private final Depositing depositing;

  WalletController(Wallets wallets, Ledgers ledgers, Opening opening, Depositing depositing) {
    this.wallets = wallets;
    this.ledgers = ledgers;
    this.opening = opening;
    this.depositing = depositing;
  }

  @PutMapping("/balances/{currency}")
  @Operation(
      summary = "Opens the customer's wallet for a currency, with nothing in it",
      description =
          "201 when it was opened, 200 when it was open: what is in it stays."
              + " The first deposit of a currency opens the wallet for it, too.",
      responses = {
        @ApiResponse(responseCode = "201", description = "Opened"),
        @ApiResponse(responseCode = "200", description = "Was open")
      })
  ResponseEntity<WalletView> open(
      @PathVariable @Pattern(regexp = Customers.ID, message = Customers.RULE) String customerId,
      @PathVariable String currency) {
    var opened = opening.open(new WalletId(customerId, known(currency)));
    return ResponseEntity.status(opened.opened() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(opened.wallet());
  }

  private static String known(String currency) {
    try {
      return Money.ofMinor(0, currency).currency();
    } catch (IllegalArgumentException e) {
      throw new Problem(
          HttpStatus.BAD_REQUEST, "invalid-value", "There is no currency '" + currency + "'.");
    }
  }

  @PostMapping("/deposits")
  @ResponseStatus(HttpStatus.CREATED)
  WalletView deposit(
      @PathVariable @Pattern(regexp = Customers.ID, message = Customers.RULE) String customerId,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestBody Money amount) {
    if (amount.minor() <= 0) {
      throw new Problem(
          HttpStatus.BAD_REQUEST, "invalid-value", "'amount' must be more than nothing.");
    }
    var once = IdempotencyKey.of("POST /wallets/" + customerId + "/deposits", key, amount);
    try {
      return depositing.deposit(customerId, amount, once);
    } catch (WalletFull e) {
      throw new Problem(
          HttpStatus.UNPROCESSABLE_CONTENT, "wallet-full", String.valueOf(e.getMessage()));
    }
  }

  @GetMapping
  WalletView show(
      @PathVariable @Pattern(regexp = Customers.ID, message = Customers.RULE) String customerId) {
    var found = wallets.of(customerId);
    if (found.isEmpty()) {
      throw Customers.withoutWallet(customerId);
    }
    return WalletView.of(customerId, found);
  }

  /** The statement, newest first. */
  @GetMapping("/entries")
  Page<EntryView> entries(
      @PathVariable @Pattern(regexp = Customers.ID, message = Customers.RULE) String customerId,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @RequestParam(required = false) @Nullable String after) {
    var before = Cursor.<UUID>read(after, UUID::fromString);
    var found = ledgers.statement(customerId, before, limit + 1);
    if (found.isEmpty() && wallets.of(customerId).isEmpty()) {
      throw Customers.withoutWallet(customerId);
    }
    return Page.of(found, limit, LedgerEntry::id).map(EntryView::of);
  }
}
