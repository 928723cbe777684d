using System.Runtime.CompilerServices;
using System.Text;
using Paydown.Lending.BankAccounts;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Payments;

/// <summary>
/// A bank that is reached through a shared folder. Batches are written to <c>out</c> as <c>pain.001</c>. Status reports
/// arrive in <c>in</c> as <c>pain.002</c> and move to <c>done</c>, or to <c>rejected</c> with a file that says why.
/// Both sides rename a file to its final name once it is complete: names that begin with a dot or do not end in .xml
/// are ignored.
/// </summary>
public sealed class FilePartner : IPaymentPartner
{
    private readonly string outgoing;
    private readonly string incoming;
    private readonly string done;
    private readonly string rejected;
    private readonly ILogger<FilePartner> logger;

    /// <summary>Uses this folder, and creates its missing subfolders.</summary>
    public FilePartner(string folder, ILogger<FilePartner> logger)
    {
        string Below(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        (outgoing, incoming, done, rejected) = (Below("out"), Below("in"), Below("done"), Below("rejected"));
        this.logger = logger;
    }

    public bool TakesTransfers => true;

    /// <summary>An estimate: the bank's next working day is not known here.</summary>
    public TimeSpan UsualDuration => TimeSpan.FromDays(1);

    /// <summary>Always unavailable: a folder cannot answer.</summary>
    public ValueTask<NameEnquiry> AskNameAsync(Nuban account, CancellationToken cancellation) =>
        ValueTask.FromResult(NameEnquiry.Unavailable);

    /// <summary>
    /// Writes the batch to its file. A repeated call writes the same file with the same message id, by which the bank
    /// detects a duplicate.
    /// </summary>
    public async Task SendAsync(PaymentBatch batch, CancellationToken cancellation)
    {
        // File operations block the thread, which requests may be waiting for (docs/decisions/0016), so yield first.
        await Task.Yield();
        await DurableFile.WriteAsync(
            Path.Combine(outgoing, batch.MessageId + ".xml"),
            CreditTransferFile.Write(batch),
            cancellation
        );
    }

    public async IAsyncEnumerable<PaymentReport> CollectAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var path in Directory.EnumerateFiles(incoming, "*.xml").Order(StringComparer.Ordinal).ToList())
        {
            if (Path.GetFileName(path).StartsWith('.'))
                continue;
            cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
            if (await TryReadAsync(path) is { } report)
                yield return report;
        }
    }

    private async Task<PaymentReport?> TryReadAsync(string path)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length > StatusReportFile.BytesMax)
                throw new FormatException(
                    $"The file is {file.Length} bytes; the limit is {StatusReportFile.BytesMax}."
                );
            return new PaymentReport(
                Path.GetFileName(path),
                StatusReportFile.Read(file),
                reason => CloseAsync(path, reason)
            );
        }
        catch (FormatException exception)
        {
            await CloseAsync(path, exception.Message);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The file stays in its folder, and the other reports are still read.
            PaymentsLog.ReportUnreadable(logger, Path.GetFileName(path), exception.Message);
            return null;
        }
    }

    private async Task CloseAsync(string path, string? reason)
    {
        if (reason is not null)
        {
            PaymentsLog.ReportRejected(logger, Path.GetFileName(path), reason);
            await DurableFile.WriteAsync(
                FreePath(rejected, Path.GetFileName(path) + ".reason.txt"),
                Encoding.UTF8.GetBytes(reason + "\n"),
                CancellationToken.None
            );
        }

        File.Move(path, FreePath(reason is null ? done : rejected, Path.GetFileName(path)));
    }

    // A bank may use a file name twice, so earlier files are never overwritten.
    private static string FreePath(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        for (var i = 2; File.Exists(path); i++)
            path = Path.Combine(folder, $"{name}.{i}");
        return path;
    }
}
