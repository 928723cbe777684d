using System.Text.Json.Serialization;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>The id under which a loan is shown: its application's, or its own if it has none.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct ShownLoanId(Guid Value) : IId<ShownLoanId>
{
    public static ShownLoanId Of(Guid value) => new(value);

    public static ShownLoanId Of(LoanId id) => new(id.Value);

    public static ShownLoanId Of(LoanApplicationId id) => new(id.Value);

    /// <summary>The loan; meaningful only if the id is its own.</summary>
    public LoanId AsLoan => new(Value);

    /// <summary>The application; meaningful only if the id is that of an application.</summary>
    public LoanApplicationId AsApplication => new(Value);

    public override string ToString() => Value.ToString();
}

/// <summary>
/// Finds the loan that a path names. The path holds the id of its application, or of its account if it was taken over
/// without one. Customers find their own loans, officers those of their organisation.
/// </summary>
public static class ShownLoan
{
    /// <summary>Returns the loan, unlocked, or a refusal if the caller has no such loan.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="call">A call whose path has a <c>loan-application-id</c>.</param>
    /// <param name="now">Decides whether an offer has expired.</param>
    public static async Task<Result<StoredLoan>> FindAsync(NpgsqlConnection connection, Call call, DateTimeOffset now)
    {
        var id = call.Path(LoanRoutes.ShownLoanId);
        var stored = call.Caller.IsOfficer
            ? await LoanStore.FindShownInOrganisationAsync(
                connection,
                call.Caller.OrganisationId,
                id,
                call.Cancellation
            )
            : await LoanStore.FindShownAsync(connection, call.Caller.CustomerId, id, call.Cancellation);
        return stored is not { State: not LoanStatus.PendingDisbursement }
            ? await MissingLoan.RefuseAsync(connection, call, id.AsApplication, now)
            : stored;
    }
}
