using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Wallets;
using Paydown.Server.Customers;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Wallets;

/// <summary>Lists the movements of a customer's wallet, newest first, from the journal.</summary>
public sealed class ListWalletEntries(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the movements of a wallet, newest first")
            .Takes(Paging.Fields)
            .ReturnsPage<WalletHistoryItem>(PageKeyPart.Number)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        CustomerReading.AnswerAsync(
            database,
            call,
            call.Path(WalletRoutes.CustomerId),
            async (connection, customer) =>
            {
                var page = await WalletStore.ListEntriesAsync(connection, customer.Id, call.Paging, call.Cancellation);
                return call.Paging.Answer(
                    page.Records,
                    entry => new(entry.Sequence),
                    WalletHistoryItem.Of,
                    page.Counted
                );
            }
        );
}

/// <summary>A movement of a wallet.</summary>
public sealed record WalletHistoryItem
{
    /// <summary>The id of the journal entry.</summary>
    public required JournalEntryId Id { get; init; }

    /// <summary>The kind of movement.</summary>
    public required JournalEntryKind Kind { get; init; }

    /// <summary>The amount: positive if money arrived, negative if it left.</summary>
    public required Money Amount { get; init; }

    /// <summary>The wallet's balance after the movement.</summary>
    public required Money BalanceAfter { get; init; }

    /// <summary>The transfer, repayment or disbursement behind the movement.</summary>
    public required SubjectId SubjectId { get; init; }

    /// <summary>The transfer's reference; null if the movement belongs to no transfer.</summary>
    public required string? TransactionReference { get; init; }

    /// <summary>What happened, in words.</summary>
    public required string Description { get; init; }

    /// <summary>The day from which the movement counts.</summary>
    public required DateOnly ValueDate { get; init; }

    /// <summary>When the movement was recorded.</summary>
    public required DateTimeOffset RecordedDate { get; init; }

    public static WalletHistoryItem Of(WalletEntry entry) =>
        new()
        {
            Id = entry.Id,
            Kind = entry.Kind,
            Amount = entry.Amount,
            BalanceAfter = entry.BalanceAfter,
            SubjectId = entry.SubjectId,
            TransactionReference = IsOfTransfer(entry.Kind)
                ? TransferReference.Of(entry.SubjectId.As<TransferId>())
                : null,
            Description = entry.Narration,
            ValueDate = entry.EffectiveOn,
            RecordedDate = entry.RecordedAt,
        };

    private static bool IsOfTransfer(JournalEntryKind kind) =>
        kind
            is JournalEntryKind.FundsWithdrawn
                or JournalEntryKind.WithdrawalFeeTaken
                or JournalEntryKind.WithdrawalFailed
                or JournalEntryKind.WithdrawalReturned;
}
