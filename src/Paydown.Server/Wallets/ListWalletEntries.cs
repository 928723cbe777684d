using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Wallets;
using Paydown.Server.Customers;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Wallets;

/// <summary>Lists what came to a wallet and left it, newest first, as the journal tells it.</summary>
public sealed class ListWalletEntries(NpgsqlDataSource database)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var customerId = call.PathId("customerId");
        if (Ownership.Check(call, customerId) is { } refusal)
            return Answer.Refused(refusal);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var customer = await CustomerStore.FindAsync(
            connection,
            call.Caller.OrganisationId,
            customerId,
            call.Cancellation
        );
        if (customer is null)
            return Answer.Refused(Refusals.NotFound("customer"));
        var page = await WalletStore.ListEntriesAsync(connection, customerId, call.Paging, call.Cancellation);
        return call.Paging.Answer(page.Records, entry => new(entry.Sequence), WalletHistoryItem.Of, page.Counted);
    }
}

/// <summary>One movement of a wallet.</summary>
public sealed record WalletHistoryItem
{
    /// <summary>The journal entry.</summary>
    public required Guid Id { get; init; }

    public required JournalEntryKind Kind { get; init; }

    /// <summary>Positive where money came, negative where it left.</summary>
    public required Money Amount { get; init; }

    public required Money BalanceAfter { get; init; }

    /// <summary>The transfer, repayment or disbursement that it is about.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Of the transfer; null where it is about none.</summary>
    public required string? TransactionReference { get; init; }

    public required string Description { get; init; }

    public required DateOnly ValueDate { get; init; }

    public required DateTimeOffset RecordedDate { get; init; }

    public static WalletHistoryItem Example { get; } =
        Of(
            new WalletEntry
            {
                Sequence = 1,
                Id = Guid.Parse("01957ad2-7c00-7000-8000-00000000e001"),
                Kind = JournalEntryKind.FundsWithdrawn,
                Amount = new Money(-2_500_000, Currency.Get("NGN")),
                BalanceAfter = new Money(12_500_050, Currency.Get("NGN")),
                SubjectId = TransferRequested.ExampleTransfer.Id,
                Narration = $"Transfer {TransferRequested.ExampleTransfer.Id} to a bank account",
                EffectiveOn = new DateOnly(2026, 1, 12),
                RecordedAt = TransferRequested.ExampleTransfer.RecordedAt,
            }
        );

    public static WalletHistoryItem Of(WalletEntry entry) =>
        new()
        {
            Id = entry.Id,
            Kind = entry.Kind,
            Amount = entry.Amount,
            BalanceAfter = entry.BalanceAfter,
            SubjectId = entry.SubjectId,
            TransactionReference = IsOfTransfer(entry.Kind) ? TransferReference.Of(entry.SubjectId) : null,
            Description = entry.Narration,
            ValueDate = entry.EffectiveOn,
            RecordedDate = entry.RecordedAt,
        };

    private static bool IsOfTransfer(JournalEntryKind kind) =>
        kind
            is JournalEntryKind.FundsWithdrawn
                or JournalEntryKind.WithdrawalFeeTaken
                or JournalEntryKind.WithdrawalFailed;
}
