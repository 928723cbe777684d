using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Paydown.Client;

/// <summary>
/// Reads the records of <c>{"status":…,"data":[…]}</c> as they arrive. Only unread records are in memory, however long
/// the list is.
/// </summary>
internal sealed class RecordStream<T>(
    HttpResponseMessage response,
    Call call,
    JsonTypeInfo<T> type,
    PaydownClientOptions options
) : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;

    private PipeReader? pipe;
    private JsonReaderState state;
    private Place place;

    private enum Place
    {
        BeforeList,
        AtList,
        InList,
        AfterList,
    }

    /// <summary>Returns the records that have arrived, at least one; null at the end.</summary>
    public async Task<IReadOnlyList<T>?> ReadAsync(CancellationToken token)
    {
        using var silence = new CancellationTokenSource(options.AttemptTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, silence.Token);
        try
        {
            pipe ??= PipeReader.Create(
                await response.Content.ReadAsStreamAsync(either.Token),
                new(bufferSize: BufferBytes)
            );
            while (true)
            {
                var read = await pipe.ReadAsync(either.Token);
                var records = new List<T>();
                var consumed = Parse(read.Buffer, read.IsCompleted, records);
                pipe.AdvanceTo(consumed, read.Buffer.End);
                if (records.Count > 0)
                    return records;
                if (!read.IsCompleted)
                    continue;
                return place == Place.AfterList ? null : throw NotTheList(inner: null);
            }
        }
        catch (JsonException exception)
        {
            throw NotTheList(exception);
        }
        catch (Exception exception) when (Transport.IsLoss(exception) && !token.IsCancellationRequested)
        {
            throw Transport.Unreachable(call, exception);
        }
    }

    public ValueTask DisposeAsync() => pipe?.CompleteAsync() ?? ValueTask.CompletedTask;

    private SequencePosition Parse(in ReadOnlySequence<byte> arrived, bool isWhole, List<T> records)
    {
        var reader = new Utf8JsonReader(arrived, isWhole, state);
        while (place == Place.InList ? ReadRecord(ref reader, records) : reader.Read())
        {
            if (place == Place.BeforeList && reader is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName })
            {
                if (reader.ValueTextEquals("data"u8))
                    place = Place.AtList;
            }
            else if (place == Place.AtList)
            {
                if (reader.TokenType != JsonTokenType.StartArray)
                    throw new JsonException("The data is not a list.");
                place = Place.InList;
            }
        }

        state = reader.CurrentState;
        return reader.Position;
    }

    // False if the next record has not fully arrived.
    private bool ReadRecord(ref Utf8JsonReader reader, List<T> records)
    {
        var ahead = reader;
        if (!ahead.Read())
            return false;
        if (ahead.TokenType == JsonTokenType.EndArray)
        {
            reader = ahead;
            place = Place.AfterList;
            return true;
        }

        if (!ahead.TrySkip())
            return false;
        reader.Read();
        records.Add(JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException("A record is null."));
        return true;
    }

    private PaydownProtocolException NotTheList(Exception? inner) =>
        new("The response is not the expected list.", response.StatusCode, call.Marks, inner);
}
