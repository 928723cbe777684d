using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Documents;

/// <summary>Documents to print and to keep, as PDF, for customers and for officers of their lender.</summary>
public static class DocumentRoutes
{
    internal static readonly PathId<RepaymentId> RepaymentId = new("repaymentId");
    internal static readonly PathId<LoanId> AccountId = new("accountId");
    internal static readonly PathId<LoanApplicationId> LoanApplicationId = new("loanApplicationId");

    public static void MapDocuments(this ApiRoutes routes)
    {
        var documents = routes.Begin("Documents");
        documents.Get<DownloadReceipt>($"user/receipts/{RepaymentId}", CustomerOrOfficer, RepaymentsRead);
        documents.Get<DownloadStatement>($"user/statements/{AccountId}", CustomerOrOfficer, LoansRead);
        documents.Get<DownloadSchedule>($"user/schedules/{AccountId}", CustomerOrOfficer, LoansRead);
        documents.Get<DownloadOffer>($"user/offers/{LoanApplicationId}", CustomerOrOfficer, ApplicationsRead);
    }
}
