using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Collectors;

/// <summary>A third party that collects loans for the lender.</summary>
/// <param name="Id">The collector's id.</param>
/// <param name="Name">The name, as loans have it.</param>
/// <param name="CommissionPercent">What it keeps of each payment, in percent.</param>
/// <param name="AccountNumber">The bank account that it remits from; null if unknown.</param>
/// <param name="CsvProfile">How its CSV files are read, as JSON; null if their column names suffice.</param>
/// <param name="RecordedAt">When it was added.</param>
public sealed record Collector(
    CollectorId Id,
    string Name,
    decimal CommissionPercent,
    string? AccountNumber,
    string? CsvProfile,
    DateTimeOffset RecordedAt
);

/// <summary>A collector with its money.</summary>
/// <param name="Collector">The collector.</param>
/// <param name="LoanCount">The loans that it holds.</param>
/// <param name="Balance">What it has collected and remitted.</param>
public sealed record CollectorDetails(Collector Collector, int LoanCount, CollectorBalance Balance);

/// <summary>What a collector has collected and remitted so far.</summary>
/// <param name="Collected">What borrowers paid, as booked; reversed repayments are left out.</param>
/// <param name="Commission">What the collector keeps of it.</param>
/// <param name="Due">The rest, which it must remit.</param>
/// <param name="Remitted">What has arrived in the lender's bank accounts.</param>
/// <param name="Owed">What it owes still; negative if it has remitted more than is booked.</param>
/// <param name="WaitingCount">Collections that wait for a decision; they are not in the other figures.</param>
/// <param name="WaitingAmount">What borrowers paid by them.</param>
public sealed record CollectorBalance(
    Money Collected,
    Money Commission,
    Money Due,
    Money Remitted,
    Money Owed,
    int WaitingCount,
    Money WaitingAmount
);

/// <summary>A file of a collector, and whether its money has arrived.</summary>
/// <param name="Id">The file's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="RemittanceReference">What the transfer of its money carries; null if unknown.</param>
/// <param name="LineCount">Its lines.</param>
/// <param name="CollectionCount">The collections that it added; the other lines came in earlier files.</param>
/// <param name="Collected">What borrowers paid by those that are booked.</param>
/// <param name="Commission">What the collector keeps of it.</param>
/// <param name="Due">The rest, which the collector must remit.</param>
/// <param name="Remitted">
/// What has arrived: remittances of this file, then what other remittances leave after the older files.
/// </param>
/// <param name="Owed">What is missing; negative if more has arrived.</param>
/// <param name="IsRemitted">True if nothing is missing.</param>
/// <param name="WaitingCount">Its collections that wait for a decision.</param>
/// <param name="WaitingAmount">What borrowers paid by them.</param>
/// <param name="RecordedAt">When it was imported.</param>
public sealed record CollectorFile(
    CollectorFileId Id,
    string Name,
    string? RemittanceReference,
    int LineCount,
    int CollectionCount,
    Money Collected,
    Money Commission,
    Money Due,
    Money Remitted,
    Money Owed,
    bool IsRemitted,
    int WaitingCount,
    Money WaitingAmount,
    DateTimeOffset RecordedAt
);
