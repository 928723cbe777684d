using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>
/// Lists reports of bank transfers that no bank statement shows, although the statements of their days are there:
/// pending ones, or those that an officer verified. The money may never have come, or an entry of it waits.
/// </summary>
public sealed class ListUnconfirmedRepayments(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    TimeProvider time
) : IUseCase
{
    /// <summary>The days that a transfer may be under way.</summary>
    public const int DaysUnderWayMax = 7;

    private static readonly Field<RepaymentStatus?> Status = Field
        .OneOf<RepaymentStatus>(
            "status",
            "Those that are pending (the default), or that an officer verified.",
            [RepaymentStatus.PendingVerification, RepaymentStatus.Verified]
        )
        .Optional();

    public static Contract Contract { get; } =
        new Contract(
            "List the reports of bank transfers that no statement shows, oldest first: at least "
                + $"{DaysUnderWayMax} days old, and not after the last imported statement"
        )
            .Takes([Status, .. Paging.Fields])
            .ReturnsPage<UnconfirmedRepayment>(PageKeyPart.Instant, PageKeyPart.Id);

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await UnconfirmedRepaymentStore.ListAsync(
            connection,
            organisation.Id,
            call.Query.Get(Status) ?? RepaymentStatus.PendingVerification,
            organisation.Today(time),
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, one => new(one.RecordedAt, one.Id), page.Counted);
    }
}

/// <summary>A report of a bank transfer that no bank statement shows.</summary>
public sealed record UnconfirmedRepayment
{
    /// <summary>The repayment.</summary>
    public required RepaymentId Id { get; init; }

    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The customer.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The reported amount.</summary>
    public required Money Amount { get; init; }

    /// <summary>The currency of the amount, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The reference that the payer used.</summary>
    public required string Reference { get; init; }

    /// <summary>When it was paid, by the report.</summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>The days since then.</summary>
    public required int AgeInDays { get; init; }

    /// <summary>When it was reported.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
