using Paydown.Server.Platform.Identity;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>The refusals that a use case lists in its contract are those that its code can return.</summary>
public sealed class RefusalTests
{
    // Refusals of every call. The document adds them to every operation.
    private static readonly string[] OfPipeline =
    [
        "AuthenticationRequired",
        "BadRequest",
        "IdempotencyInProgress",
        "IdempotencyKeyReused",
        "ServiceUnavailable",
    ];

    // Refusals that the code contains but the values exclude, each with its reason.
    private static readonly Dictionary<string, string[]> Excluded = new()
    {
        // The offer is accepted, nothing is paid out yet, the whole amount is paid out, and an offer whose cost rose is
        // sent again.
        ["AcceptTerms"] =
        [
            "ApplicationStateForbids",
            "DisbursementOutOfRange",
            "FullyDisbursed",
            "LoanGivenUp",
            "LoanNotRunning",
            "OfferExceeded",
            "TermsNotAccepted",
        ],
    };

    private static readonly RefusalGraph Graph = new();

    [Fact]
    public void Every_refusal_of_a_use_case_is_in_its_contract() =>
        Compare(
            (possible, listed) => possible.Except(listed).Except(OfPipeline),
            "can return the refusal {0}: add it to the contract."
        );

    [Fact]
    public void Every_refusal_in_a_contract_can_happen() =>
        Compare(
            (possible, listed) => listed.Except(possible),
            "cannot return the refusal {0}: leave it out of the contract."
        );

    private static void Compare(
        Func<IEnumerable<string>, IEnumerable<string>, IEnumerable<string>> difference,
        string finding
    )
    {
        var findings = new Findings();
        foreach (var useCase in Graph.UseCases())
        {
            var possible = Graph.Possible(useCase).Except(Excluded.GetValueOrDefault(useCase.Name, []));
            if (IsForPeopleOnly(useCase.Name))
                possible = possible.Except(["PersonRequired"]);
            foreach (var refusal in difference(Folded(possible), Folded(Graph.Listed(useCase))).Order())
                findings.Add($"{useCase.Name} {string.Format(null, finding, refusal)}");
        }

        findings.ShouldBeNone();
    }

    // All refusals of single fields have one code, which is listed once.
    private static HashSet<string> Folded(IEnumerable<string> refusals) =>
        refusals.Select(name => OfFields.Contains(name) ? "ValidationFailed" : name).ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> OfFields =
    [
        .. ErrorCatalogueTests
            .Samples()
            .Where(sample => sample.Refusal.Code == "VALIDATION_ERROR")
            .Select(sample => sample.Name),
    ];

    // The pipeline refuses API tokens for these use cases.
    private static bool IsForPeopleOnly(string useCase) =>
        Features.CreateRoutes().All.Any(route => route.UseCase.Name == useCase && route.Scope == Scopes.None);
}
