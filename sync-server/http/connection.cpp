#include "sync-server/http/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "shared/compression/compression.hpp"
#include "sync-server/http/date.hpp"
#include "sync-server/http/live_session.hpp"
#include "sync-server/http/stream.hpp"
#include "sync-server/system/log.hpp"

namespace anketa::server::http {
namespace {

namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Parser = bhttp::request_parser<bhttp::buffer_body>;

/// Completes with a tuple that begins with the error code, instead of throwing.
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

/// Pieces in which a body is taken from the parser.
constexpr std::size_t body_piece = std::size_t{32} << 10;
/// How long, and how much, a closing connection still takes of what the peer is sending, so that the peer gets to read
/// the answer before the system resets the connection.
constexpr std::chrono::seconds linger_time{5};
constexpr std::size_t linger_bytes = std::size_t{32} << 20;

/// Where the answer of a worker meets the connection that waits for it. Used on the shard's thread only.
struct Meeting {
  std::optional<Outgoing> answer;
  /// Null when nobody waits any more.
  asio::steady_timer* waiter = nullptr;
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

class Connection final : public LiveConnection {
 public:
  Connection(tcp::socket socket, asio::ssl::context* tls, Shard& shard, Hub& hub, Admission admission)
      : stream_(std::move(socket), tls),
        shard_(shard),
        hub_(hub),
        admission_(std::move(admission)),
        answered_(shard.context(), Clock::time_point::max()),
        buffer_(hub.limits.header_bytes + body_piece) {
    shard_.enter(*this);
  }
  ~Connection() override { shard_.leave(*this); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  asio::awaitable<void> run() {
    if (!co_await handshake()) co_return;
    if (admission_.verdict() != Admission::Verdict::Welcome) {
      const Request none;
      co_await refuse(overload(), none);
    } else {
      while (co_await serve_one()) {
      }
    }
    co_await close();
  }

  void on_tick(Clock::time_point now) override {
    if (now < deadline_) return;
    timed_out_ = true;
    // A response can still be sent to a peer that was slow to speak, not to one that is slow to listen.
    if (phase_ == Phase::Handler) {
      answered_.cancel();
    } else if (phase_ == Phase::Idle || phase_ == Phase::Header || phase_ == Phase::Body) {
      cancel();
    } else {
      abort();
    }
  }
  void begin_stop() override {
    if (phase_ == Phase::Idle) cancel();
    if (phase_ == Phase::Handshake) abort();
    if (live_) live_->stop();
  }
  void abort() override {
    error_code ignored;
    socket().close(ignored);
    aborted_ = true;
    answered_.cancel();
  }

 private:
  enum class Phase { Handshake, Idle, Header, Body, Handler, Write, Live, Close };

  tcp::socket& socket() { return stream_.socket(); }
  void cancel() {
    error_code ignored;
    socket().cancel(ignored);
  }
  void enter(Phase phase, std::chrono::milliseconds time) {
    phase_ = phase;
    deadline_ = Clock::now() + time;
  }

  asio::awaitable<bool> handshake() {
    enter(Phase::Handshake, hub_.limits.handshake_time);
    if (stream_.tls() == nullptr) co_return true;
    const auto [error] = co_await stream_.tls()->async_handshake(asio::ssl::stream_base::server, as_result);
    if (error) hub_.handshakes_failed.add();
    co_return !error;
  }

  Problem overload() const {
    if (admission_.verdict() == Admission::Verdict::AddressFull)
      return {ProblemCode::TooManyRequests, {{"seconds", "10"}}, {}};
    return {ProblemCode::Unavailable, {}, {}};
  }

  /// Waits for the first byte of a request; false when none will come.
  asio::awaitable<bool> wait_for_request() {
    if (hub_.stopping) co_return false;
    if (buffer_.size() != 0) co_return true;
    enter(Phase::Idle, hub_.limits.idle_time);
    const auto [error, size] = co_await stream_.async_read_some(buffer_.prepare(4096), as_result);
    buffer_.commit(size);
    peer_gone_ = error && !timed_out_ && !hub_.stopping;
    co_return !error;
  }

  /// One request and its response; false when the connection is to be closed.
  asio::awaitable<bool> serve_one() {
    if (!co_await wait_for_request()) co_return false;
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(hub_.limits.header_bytes));
    // The bound of a body depends on the route, which is known after the header only.
    parser.body_limit(boost::none);
    enter(Phase::Header, hub_.limits.header_time);
    const auto [error, size] = co_await bhttp::async_read_header(stream_, buffer_, parser, as_result);
    Request request;
    request.peer_address = admission_.peer();
    if (error) co_return co_await failed(error, request, hub_.limits.header_bytes, "headers");
    if (!take_header(parser, request)) co_return co_await refuse(bad_request(), request);
    BodyBudget budget(hub_);
    const auto max_body = hub_.dispatcher.max_body(request.method, request.path);
    const auto part_bytes = hub_.dispatcher.part_bytes(request.method, request.path);
    if (part_bytes != 0 && !parser.is_done()) co_return co_await serve_parts(parser, request, max_body, part_bytes);
    // Where no route takes a body it is left unread, and the connection ends with the answer.
    unread_ = max_body == 0 && !parser.is_done();
    if (!unread_ && !parser.is_done() && !co_await read_body(parser, request, max_body, budget)) co_return false;
    const bool head_only = request.method == "HEAD";
    const auto outgoing = co_await handle(std::move(request));
    if (aborted_) co_return false;
    if (outgoing.live) co_return co_await serve_live(parser, outgoing.live);
    const bool keep = parser.keep_alive() && !outgoing.close && !hub_.stopping && !unread_;
    co_return co_await write(outgoing, parser.get().version(), keep, head_only) && keep;
  }

  bool take_header(const Parser& parser, Request& request) {
    const auto& head = parser.get();
    request.method = std::string(head.method_string());
    for (const auto& field : head) {
      auto& value = request.headers[lower(field.name_string())];
      if (!value.empty()) value += ", ";
      value += std::string_view(field.value().data(), field.value().size());
    }
    auto target = parse_target({head.target().data(), head.target().size()});
    if (!target) return false;
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    return true;
  }

  asio::awaitable<bool> read_body(Parser& parser, Request& request, std::size_t max_body, BodyBudget& budget) {
    const auto max_wire = std::min(max_body, hub_.limits.body_bytes);
    const auto encoding = parse_encoding(request.header("content-encoding"));
    unread_ = true;
    if (!encoding) co_return co_await refuse(unsupported(request.header("content-encoding")), request);
    if (parser.content_length().value_or(0) > max_wire) co_return co_await refuse(too_large(max_wire), request);
    parser.body_limit(max_wire);
    enter(Phase::Body, hub_.limits.body_time);
    if (request.header("expect") == "100-continue" && !co_await say_continue(parser.get().version())) co_return false;
    Decompressor decompressor(*encoding, max_body);
    if (*encoding == Encoding::Identity) request.body.reserve(parser.content_length().value_or(0));
    std::optional<Problem> problem;
    std::vector<char> piece(body_piece);
    while (!parser.is_done() && !problem) {
      parser.get().body() = {piece.data(), piece.size(), true};
      const auto [error, size] = co_await bhttp::async_read_some(stream_, buffer_, parser, as_result);
      if (error && error != bhttp::error::need_buffer) co_return co_await failed(error, request, max_wire, "body");
      problem = take_piece(decompressor, {piece.data(), piece.size() - parser.get().body().size}, request, budget);
    }
    unread_ = !parser.is_done();
    if (!problem) problem = finish_body(decompressor);
    if (problem) co_return co_await refuse(*problem, request);
    co_return true;
  }

  /// A large body, handed on in parts as it arrives, so that a connection that breaks loses at most one part, and that
  /// only where the system lost it.
  asio::awaitable<bool> serve_parts(Parser& parser, Request& part, std::size_t max_body, std::size_t part_bytes) {
    unread_ = true;
    const auto encoding = part.header("content-encoding");
    if (!encoding.empty() && encoding != "identity") co_return co_await refuse(unsupported(encoding), part);
    if (parser.content_length().value_or(0) > max_body) co_return co_await refuse(too_large(max_body), part);
    parser.body_limit(max_body);
    BodyBudget budget(hub_);
    if (!budget.grow_to(part_bytes)) co_return co_await refuse(simple(ProblemCode::Unavailable), part);
    if (part.header("expect") == "100-continue" && !co_await say_continue(parser.get().version())) co_return false;
    Outgoing outgoing;
    do {
      part.body.clear();
      const auto error = co_await read_part(parser, part.body, part_bytes);
      part.last_part = parser.is_done();
      // Only the end mark of a chunked body was missing: the part before was the last.
      if (!error && part.body.empty() && part.part_offset > 0) break;
      const auto size = part.body.size();
      outgoing = co_await handle(part);
      if (aborted_) co_return false;
      if (error) co_return co_await failed(error, part, max_body, "body");
      part.part_offset += size;
    } while (!parser.is_done() && outgoing.status < 300);
    unread_ = !parser.is_done();
    const bool keep = parser.keep_alive() && !outgoing.close && !hub_.stopping && !unread_;
    co_return co_await write(outgoing, parser.get().version(), keep, false) && keep;
  }

  /// Reads until the part is full, the body is over or the connection fails.
  asio::awaitable<error_code> read_part(Parser& parser, std::string& into, std::size_t part_bytes) {
    enter(Phase::Body, hub_.limits.body_time);
    std::vector<char> piece(body_piece);
    while (!parser.is_done() && into.size() < part_bytes) {
      parser.get().body() = {piece.data(), piece.size(), true};
      const auto [error, size] = co_await bhttp::async_read_some(stream_, buffer_, parser, as_result);
      into.append(piece.data(), piece.size() - parser.get().body().size);
      if (error && error != bhttp::error::need_buffer) co_return error;
    }
    co_return error_code();
  }

  /// The connection is a WebSocket from here to its end.
  asio::awaitable<bool> serve_live(const Parser& parser, std::shared_ptr<LiveEndpoint> endpoint) {
    phase_ = Phase::Live;
    deadline_ = Clock::time_point::max();
    live_ = std::make_shared<LiveSession>(stream_, shard_, hub_, std::move(endpoint));
    if (hub_.stopping) live_->stop();
    co_await live_->run(parser.get());
    live_.reset();
    // The closing handshake is done or the peer is gone: nothing is left to say.
    peer_gone_ = true;
    co_return false;
  }

  static std::optional<Problem> take_piece(Decompressor& decompressor, std::string_view piece, Request& request,
                                           BodyBudget& budget) {
    try {
      decompressor.feed(piece, request.body);
    } catch (const ProblemError& error) {
      return error.problem();
    }
    if (!budget.grow_to(request.body.capacity())) return Problem{ProblemCode::Unavailable, {}, {}};
    return std::nullopt;
  }

  static std::optional<Problem> finish_body(Decompressor& decompressor) {
    try {
      decompressor.finish();
    } catch (const ProblemError& error) {
      return error.problem();
    }
    return std::nullopt;
  }

  asio::awaitable<bool> say_continue(unsigned version) {
    bhttp::response<bhttp::empty_body> message(bhttp::status::continue_, version);
    const auto [error, size] = co_await bhttp::async_write(stream_, message, as_result);
    co_return !error;
  }

  /// Gives the request to a worker and waits for the answer without holding the thread.
  asio::awaitable<Outgoing> handle(Request request) {
    enter(Phase::Handler, hub_.limits.handler_time);
    auto meeting = std::make_shared<Meeting>();
    meeting->waiter = &answered_;
    Request so_far;
    so_far.method = request.method;
    so_far.headers = request.headers;
    hub_.dispatcher.dispatch(std::move(request), [meeting, mailbox = shard_.mailbox()](Outgoing outgoing) {
      mailbox->post([meeting, outgoing = std::move(outgoing)]() mutable {
        meeting->answer = std::move(outgoing);
        if (meeting->waiter != nullptr) meeting->waiter->cancel();
      });
    });
    while (!meeting->answer && !timed_out_ && !aborted_) co_await answered_.async_wait(as_result);
    meeting->waiter = nullptr;
    if (meeting->answer) co_return std::move(*meeting->answer);
    co_return hub_.dispatcher.refuse(simple(ProblemCode::Unavailable), so_far);
  }

  asio::awaitable<bool> write(const Outgoing& outgoing, unsigned version, bool keep, bool head_only) {
    enter(Phase::Write, hub_.limits.write_time);
    timed_out_ = false;
    const auto content = outgoing.content();
    bhttp::response<bhttp::span_body<const char>> message(
        bhttp::status::ok, version, beast::span<const char>(content.data(), head_only ? 0 : content.size()));
    message.result(static_cast<unsigned>(outgoing.status));
    for (const auto& [name, value] : outgoing.headers) message.insert(name, value);
    message.set(bhttp::field::date, http_date());
    if (outgoing.status != 204 && outgoing.status != 304) message.content_length(outgoing.length());
    message.keep_alive(keep);
    bhttp::response_serializer<bhttp::span_body<const char>> serializer(message);
    if (head_only || outgoing.file) {
      const auto [error, size] = co_await bhttp::async_write_header(stream_, serializer, as_result);
      if (error || head_only) co_return !error;
      co_return co_await write_file(*outgoing.file);
    }
    const auto [error, size] = co_await bhttp::async_write(stream_, serializer, as_result);
    co_return !error;
  }

  /// Each piece has the time that a whole answer has: a large file over a slow line is no fault.
  asio::awaitable<bool> write_file(const FilePiece& file) {
    std::vector<char> piece(body_piece);
    for (std::uint64_t done = 0; done < file.length();) {
      const auto read = file.read(done, piece);
      if (read == 0) co_return false;
      enter(Phase::Write, hub_.limits.write_time);
      const auto [error, size] = co_await asio::async_write(stream_, asio::buffer(piece.data(), read), as_result);
      if (error) co_return false;
      done += read;
    }
    co_return true;
  }

  /// Answers a request that cannot be served, after which the connection ends.
  asio::awaitable<bool> refuse(Problem problem, const Request& so_far) {
    const auto outgoing = hub_.dispatcher.refuse(problem, so_far);
    co_await write(outgoing, 11, false, so_far.method == "HEAD");
    unread_ = true;
    co_return false;
  }

  /// As refuse, for a failed read; says nothing where nobody is left to hear it.
  asio::awaitable<bool> failed(error_code error, const Request& so_far, std::size_t limit, std::string where) {
    if (timed_out_) co_return co_await refuse(simple(ProblemCode::Timeout), so_far);
    if (error == bhttp::error::header_limit || error == bhttp::error::body_limit ||
        error == bhttp::error::buffer_overflow)
      co_return co_await refuse(too_large(limit, std::move(where)), so_far);
    if (error != bhttp::error::end_of_stream && error != bhttp::error::partial_message &&
        error.category() == bhttp::make_error_code(bhttp::error::bad_method).category())
      co_return co_await refuse(bad_request(error.message()), so_far);
    peer_gone_ = true;
    co_return false;
  }

  // Problems are made in functions: g++ 12 breaks the frame of a coroutine that has a braced temporary of a class with
  // constructors in a co_await expression.
  static Problem simple(ProblemCode code) { return {code, {}, {}}; }
  static Problem bad_request(std::string where = {}) { return {ProblemCode::BadRequest, {}, std::move(where)}; }
  static Problem unsupported(std::string_view encoding) {
    return {ProblemCode::UnsupportedEncoding, {{"encoding", std::string(encoding)}}, {}};
  }
  static Problem too_large(std::size_t limit, std::string where = {}) {
    return {ProblemCode::TooLarge, {{"limit", std::to_string(limit)}}, std::move(where)};
  }

  asio::awaitable<void> close() {
    if (peer_gone_ || aborted_) co_return;
    enter(Phase::Close, linger_time);
    if (stream_.tls() != nullptr) co_await say_goodbye();
    error_code error;
    socket().shutdown(tcp::socket::shutdown_send, error);
    buffer_.clear();
    std::size_t taken = 0;
    while (!error && unread_ && taken < linger_bytes) {
      const auto [failure, size] = co_await socket().async_read_some(buffer_.prepare(4096), as_result);
      error = failure;
      taken += size;
    }
  }

  /// Sends TLS's close_notify without waiting for the peer's: one that never answers must not hold us.
  asio::awaitable<void> say_goodbye() {
    bool done = false;
    stream_.tls()->async_shutdown([&done](error_code) { done = true; });
    while (!done) {
      co_await asio::post(shard_.context(), asio::use_awaitable);
      if (!done) cancel();
    }
  }

  Stream stream_;
  Shard& shard_;
  Hub& hub_;
  Admission admission_;
  /// Never expires; cancelled when the answer is there.
  asio::steady_timer answered_;
  beast::flat_buffer buffer_;
  std::shared_ptr<LiveSession> live_;
  Clock::time_point deadline_ = Clock::time_point::max();
  Phase phase_ = Phase::Handshake;
  bool timed_out_ = false;
  bool aborted_ = false;
  bool peer_gone_ = false;
  /// The peer is still sending what nobody will read.
  bool unread_ = false;
};

}  // namespace

asio::awaitable<void> serve_connection(tcp::socket socket, std::shared_ptr<asio::ssl::context> tls, Shard& shard,
                                       Hub& hub, Admission admission) {
  try {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    Connection connection(std::move(socket), tls.get(), shard, hub, std::move(admission));
    co_await connection.run();
  } catch (const std::exception& error) {
    log::error("http.connection_failed", {{"cause", error.what()}});
  }
}

}  // namespace anketa::server::http
