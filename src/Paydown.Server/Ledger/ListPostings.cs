using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Ledger;

/// <summary>Lists the postings of an account in a month: the statement behind its balance.</summary>
public sealed class ListPostings(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    private static readonly Field<LedgerAccount> Account = Field.OneOf(
        "account",
        "The account of the ledger.",
        Enum.GetValues<LedgerAccount>()
    );

    public static Contract Contract { get; } =
        new Contract("List the postings of an account in a month, oldest first")
            .Takes([Account, LedgerMonth.Requested, .. Paging.Fields])
            .ReturnsPage<PostingView>(PageKeyPart.Date, PageKeyPart.Id);

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await LedgerStore.ListPostingsAsync(
            connection,
            organisation.Id,
            call.Query.Get(Account),
            LedgerMonth.Of(call.Query, organisation, time),
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(
            page.Records,
            posting => new(posting.EffectiveOn, posting.EntryId.Value),
            page.Counted
        );
    }
}

/// <summary>One debit or credit, with the entry that it belongs to.</summary>
public sealed record PostingView
{
    /// <summary>The journal entry.</summary>
    public required JournalEntryId EntryId { get; init; }

    /// <summary>What the entry books, for example <c>REPAYMENT_VERIFIED</c>.</summary>
    public required JournalEntryKind Kind { get; init; }

    /// <summary>What happened, in words.</summary>
    public required string Narration { get; init; }

    /// <summary>The amount: positive for a debit, negative for a credit.</summary>
    public required Money Amount { get; init; }

    /// <summary>The currency of the amount, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The day on which it counts.</summary>
    public required DateOnly EffectiveOn { get; init; }

    /// <summary>When the entry was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The customer of the entry.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The loan account; null for an entry of the wallet alone.</summary>
    public required LoanId? AccountId { get; init; }

    /// <summary>The event of the loan, the repayment or the transfer that the entry books.</summary>
    public required SubjectId SubjectId { get; init; }
}
