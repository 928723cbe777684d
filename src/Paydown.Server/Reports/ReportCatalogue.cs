namespace Paydown.Server.Reports;

/// <summary>All reports, in the order in which they are listed.</summary>
public static class ReportCatalogue
{
    public static IReadOnlyList<Report> All { get; } =
    [
        LoanReports.Portfolio,
        LoanReports.Ageing,
        ProvisionReport.Provision,
        CollectionsReport.CollectionsDue,
        MoneyReports.CashReceived,
        MoneyReports.Disbursements,
        MoneyReports.Income,
        LedgerReports.TrialBalance,
        LedgerReports.GeneralLedger,
        StatementReports.LoanStatement,
        LossReports.WriteOffs,
        LossReports.Vintage,
        StatementReports.UnmatchedMoney,
    ];

    /// <summary>Returns the report of a name; null if there is none.</summary>
    public static Report? Find(string name) => All.FirstOrDefault(report => report.Name == name);
}
