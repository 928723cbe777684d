using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Applications;

/// <summary>The state of an application after its customer's step.</summary>
/// <param name="LoanApplicationId">The application's id.</param>
/// <param name="LoanApplicationStatusEnum">The application's state now.</param>
/// <param name="TermsAcceptedAt">When the customer accepted the terms and conditions; null if not yet.</param>
/// <param name="AccountId">The loan account; null until the loan is paid out.</param>
public sealed record ApplicationStanding(
    LoanApplicationId LoanApplicationId,
    ApplicationStatus LoanApplicationStatusEnum,
    DateTimeOffset? TermsAcceptedAt,
    LoanId? AccountId
)
{
    public static ApplicationStanding Of(StoredApplication stored, DateTimeOffset now) =>
        new(stored.Id, stored.StatusAt(now), stored.TermsAcceptedAt, stored.LoanId);
}
