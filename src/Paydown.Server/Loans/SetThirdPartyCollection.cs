using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Loans;

/// <summary>
/// A manager hands the collection of a loan to a third party, or takes it back. While a third party collects, customers
/// cannot report repayments.
/// </summary>
public sealed class SetThirdPartyCollection(SingleWrites writes, LoanChanges changes) : IUseCase
{
    private static readonly Field<bool> Enabled = Field.Boolean(
        "enabled",
        "True if a third party collects; false if the lender does."
    );
    private static readonly Field<string?> Collector = Field
        .Text("collector", "The third party that collects; required if enabled is true.", 1, 120)
        .Optional()
        .WithExample("Example Collections Ltd");

    public static Contract Contract { get; } =
        new Contract("Hand collection to a third party, or take it back")
            .Reads(Enabled, Collector)
            .Returns<ThirdPartyCollection>()
            .Refuses(Refusals.NotFound("loan account"), Refusals.CollectorMissing());

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => DecideAsync(connection, call, context));

    private async ValueTask<Answer> DecideAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var collector = call.Body.Get(Enabled) ? call.Body.Get(Collector) : null;
        var loan = await LoanStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(LoanRoutes.AccountId),
            forUpdate: true,
            call.Cancellation
        );
        if (loan is null)
            return Answer.Refused(Refusals.NotFound("loan account"));
        if (call.Body.Get(Enabled) && collector is null)
            return Answer.Refused(Refusals.CollectorMissing());

        var change = changes.SetCollector(loan, collector, context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(new ThirdPartyCollection(loan.Id, collector is not null, collector));
    }
}

/// <summary>Who collects a loan.</summary>
/// <param name="AccountId">The loan account.</param>
/// <param name="IsThirdPartyPayment">True if a third party collects.</param>
/// <param name="Collector">The third party; null if the lender collects.</param>
public sealed record ThirdPartyCollection(LoanId AccountId, bool IsThirdPartyPayment, string? Collector);
