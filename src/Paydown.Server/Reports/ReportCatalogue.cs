namespace Paydown.Server.Reports;

/// <summary>All reports, in the order in which they are listed.</summary>
public static class ReportCatalogue
{
    public static IReadOnlyList<Report> All { get; } = [LedgerReports.TrialBalance];

    /// <summary>Returns the report of a name; null if there is none.</summary>
    public static Report? Find(string name) => All.FirstOrDefault(report => report.Name == name);
}
