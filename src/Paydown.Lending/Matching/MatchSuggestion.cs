using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Lending.Matching;

/// <summary>What a suggestion rests on, the surest first.</summary>
public enum SuggestionKind
{
    /// <summary>The entry and others that wait make up a report together.</summary>
    CompletesReport,

    /// <summary>The entry names several loans, and their reports make up its amount.</summary>
    SplitsOverLoans,

    /// <summary>The entry names the loan, and the amount differs from the report.</summary>
    NamesLoan,

    /// <summary>An officer has assigned money of the payer's account to the loan before.</summary>
    PaidBefore,

    /// <summary>The payer's words or account are in the report, and the amount is equal.</summary>
    OneOfSeveral,

    /// <summary>A word in the entry differs little from the reference of the loan.</summary>
    SimilarReference,

    /// <summary>The payer's account is that of a report; amount or day differ.</summary>
    SameAccount,

    /// <summary>The payer's account is one of the customer's, who has not reported the money.</summary>
    CustomersAccount,

    /// <summary>The payer's name is that of a customer, and the amount that of a report.</summary>
    SameNameAndAmount,
}

/// <summary>A loan's share of an entry.</summary>
/// <param name="LoanId">The loan.</param>
/// <param name="RepaymentId">The report that the share would verify; null if it would be recorded.</param>
/// <param name="Amount">The share.</param>
public sealed record MatchPart(LoanId LoanId, RepaymentId? RepaymentId, Money Amount);

/// <summary>What an officer may do with an entry that waits. It never happens without an officer.</summary>
/// <param name="Kind">What it rests on.</param>
/// <param name="Parts">What the entry would pay: the amounts add up to it.</param>
/// <param name="Reason">Why, in a sentence for the officer.</param>
public sealed record MatchSuggestion(SuggestionKind Kind, IReadOnlyList<MatchPart> Parts, string Reason)
{
    /// <summary>The other entries that make up the report; empty if the entry alone is meant.</summary>
    public IReadOnlyList<StatementEntryId> With { get; init; } = [];
}
