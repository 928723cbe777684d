using Paydown.Lending.Identifiers;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>An open report with what the payer is known by.</summary>
/// <param name="Loan">The loan that it repays.</param>
/// <param name="RepaymentId">The report.</param>
/// <param name="OwnReference">The payer's own words on the transfer; null if they are the loan's reference.</param>
/// <param name="AccountNumber">The account that the customer named; null if none.</param>
public sealed record KnownPayer(LoanKey Loan, RepaymentId RepaymentId, string? OwnReference, string? AccountNumber);

/// <summary>Why the rules look at open money again.</summary>
public enum SecondLook
{
    /// <summary>Reports of its amount came since.</summary>
    ReportsCame,

    /// <summary>Its loan had a report of another amount, which may have found its own money since.</summary>
    AmountDiffered,
}
