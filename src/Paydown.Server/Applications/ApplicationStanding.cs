using Paydown.Lending.Applications;

namespace Paydown.Server.Applications;

/// <summary>Where an application stands after a step of its customer.</summary>
/// <param name="LoanApplicationId">The application.</param>
/// <param name="LoanApplicationStatusEnum">Its state now.</param>
/// <param name="TermsAcceptedAt">When the terms and conditions were accepted.</param>
/// <param name="AccountId">The loan account, once it is paid out.</param>
public sealed record ApplicationStanding(
    Guid LoanApplicationId,
    ApplicationStatus LoanApplicationStatusEnum,
    DateTimeOffset? TermsAcceptedAt,
    Guid? AccountId
)
{
    public static ApplicationStanding Of(StoredApplication stored, DateTimeOffset now) =>
        new(stored.Id, stored.StatusAt(now), stored.TermsAcceptedAt, stored.LoanId);
}
